/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.ldapkv.internal.wire.jndi;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.directory.ModificationItem;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.LdapName;

import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.ExtendedRequest;
import com.unboundid.ldap.sdk.ExtendedResult;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModifyDNRequest;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.github.ldapkv.internal.key.DistinguishedName;
import io.github.ldapkv.internal.wire.OpenSession;
import io.github.ldapkv.internal.wire.SearchResults;
import io.github.ldapkv.internal.wire.ServerFacts;
import io.github.ldapkv.internal.wire.Session;
import org.jspecify.annotations.Nullable;

/**
 * A session on a context of JNDI.
 */
final class JndiSession implements OpenSession {

	private static final String[] NO_ATTRIBUTES = { SearchRequest.NO_ATTRIBUTES };

	private final LdapContext context;

	private final JndiNames names;

	private final Control[] controls;

	private final ContextSettings settings;

	private ServerFacts found;

	/**
	 * How many searches are under way on the context.
	 */
	private int searches;

	/**
	 * Creates a session.
	 * @param names how JNDI is told names
	 * @param found what is known of the server
	 * @param controls what is sent with each request
	 */
	JndiSession(LdapContext context, JndiNames names, ServerFacts found, Control... controls) {
		this.context = context;
		this.names = names;
		this.found = found;
		this.controls = controls;
		this.settings = new ContextSettings(context);
	}

	/**
	 * Changes a setting of the context, until the end of the session.
	 */
	void set(String name, String value) throws LDAPException {
		this.settings.set(name, value);
	}

	@Override
	public void learn(ServerFacts known) throws LDAPException {
		this.found = known;
		set(JndiNames.BINARY_ATTRIBUTES, this.names.binaryAttributes(schema()));
	}

	@Override
	public void close() throws LDAPException {
		this.settings.restore();
	}

	@Override
	public boolean hasNoBase() {
		return this.names.haveNoBase();
	}

	@Override
	public ServerFacts server() {
		return this.found;
	}

	@Override
	public Session withControls(Control... more) {
		return new JndiSession(this.context, this.names, this.found, with(more));
	}

	private Control[] with(Control... more) {
		Control[] all = Arrays.copyOf(this.controls, this.controls.length + more.length);
		System.arraycopy(more, 0, all, this.controls.length, more.length);
		return all;
	}

	@Override
	public SearchResults search(SearchRequest request) throws LDAPException {
		boolean controlled = false;
		try {
			controlled = sendControls(request.getControls());
			JndiSearch search = new JndiSearch(this, this.context, request,
					this.context.search(this.names.name(request.getBaseDN()), request.getFilter().toString(),
							JndiEntries.settings(request, request.getScope())));
			this.searches++;
			return search;
		}
		catch (NamingException ex) {
			throw JndiFailures.of(ex);
		}
		finally {
			takeControlsOff(controlled);
		}
	}

	/**
	 * Called when a search has come to its end, wherever that is.
	 */
	void searchEnded() {
		this.searches--;
	}

	@Override
	public @Nullable SearchResultEntry read(SearchRequest request) throws LDAPException {
		if (this.searches == 0) {
			return readHere(request);
		}
		// The search that is under way has its controls on the context.
		return onContextOfItsOwn((own) -> Optional.ofNullable(own.readHere(request))).orElse(null);
	}

	private @Nullable SearchResultEntry readHere(SearchRequest request) throws LDAPException {
		SearchResultEntry last = null;
		try (SearchResults results = search(request)) {
			for (SearchResultEntry entry = results.next(); entry != null; entry = results.next()) {
				last = entry;
			}
		}
		catch (LDAPException ex) {
			if (ex.getResultCode().equals(ResultCode.NO_SUCH_OBJECT)) {
				return null;
			}
			throw ex;
		}
		return last;
	}

	@Override
	public List<@Nullable SearchResultEntry> readAll(List<SearchRequest> requests) throws LDAPException {
		return JndiPipeline.run(this, requests);
	}

	/**
	 * Runs a call on another context of the same connection.
	 */
	<T> T onContextOfItsOwn(Call<JndiSession, T> call) throws LDAPException {
		LdapContext own = attempt(() -> this.context.newInstance(null));
		try {
			return call.run(new JndiSession(own, this.names, this.found, this.controls));
		}
		finally {
			attempt(() -> {
				own.close();
				return Boolean.TRUE;
			});
		}
	}

	/**
	 * The entry that was found. What JNDI took for text, and is not, is read again: it
	 * returns bytes only of what it was told before.
	 * @return the entry, or {@code null} if it is not there any more
	 */
	@Nullable SearchResultEntry entry(SearchResult result, SearchRequest request) throws LDAPException {
		Set<String> mangled = new HashSet<>();
		SearchResultEntry entry = attempt(() -> JndiEntries.entry(result, schema(), mangled));
		if (mangled.isEmpty()) {
			return entry;
		}
		set(JndiNames.BINARY_ATTRIBUTES, this.names.addBinary(schema(), mangled));
		String dn = request.getScope().equals(SearchScope.BASE) ? request.getBaseDN()
				: DistinguishedName.ofServerDn(result.getNameInNamespace()).dn();
		return onContextOfItsOwn((own) -> attempt(() -> Optional
			.ofNullable(MangledEntries.readAgain(own.context, this.names, schema(), dn, request, mangled))))
			.orElse(null);
	}

	@Override
	public LDAPResult add(AddRequest request) throws LDAPException {
		return call(request.getControls(), (context) -> {
			context.createSubcontext(this.names.name(request.getDN()), JndiEntries.attributes(request.getAttributes()))
				.close();
			return success();
		});
	}

	@Override
	public LDAPResult modify(ModifyRequest request) throws LDAPException {
		ModificationItem[] items = request.getModifications()
			.stream()
			.map(JndiSession::item)
			.toArray(ModificationItem[]::new);
		boolean controlled = false;
		try {
			controlled = sendControls(request.getControls());
			this.context.modifyAttributes(this.names.name(request.getDN()), items);
			return controlled ? success(this.context) : success();
		}
		catch (NamingException ex) {
			throw JndiFailures.of(ex);
		}
		finally {
			takeControlsOff(controlled);
		}
	}

	private static ModificationItem item(Modification modification) {
		int operation = switch (modification.getModificationType().intValue()) {
			case 0 -> DirContext.ADD_ATTRIBUTE;
			case 1 -> DirContext.REMOVE_ATTRIBUTE;
			case 2 -> DirContext.REPLACE_ATTRIBUTE;
			default -> throw new IllegalArgumentException("JNDI knows no " + modification.getModificationType());
		};
		return new ModificationItem(operation, JndiEntries.attribute(modification.getAttribute()));
	}

	@Override
	public LDAPResult delete(DeleteRequest request) throws LDAPException {
		return call(request.getControls(), (context) -> {
			context.destroySubcontext(this.names.name(request.getDN()));
			return success(context);
		});
	}

	@Override
	public boolean deleteIfThere(DeleteRequest request) throws LDAPException {
		return JndiDeletion.ofWhatIsThere(this, request);
	}

	@Override
	public LDAPResult modifyDn(ModifyDNRequest request) throws LDAPException {
		String superior = (request.getNewSuperiorDN() != null) ? request.getNewSuperiorDN()
				: DN.getParentString(request.getDN());
		boolean atTheTop = superior == null || superior.isEmpty();
		return call(request.getControls(), (context) -> {
			LdapName to = this.names.name(atTheTop ? request.getNewRDN() : request.getNewRDN() + "," + superior);
			// JNDI takes it apart, and would look into one of another type.
			context.rename(this.names.name(request.getDN()), new LdapName(to.getRdns()));
			return success();
		});
	}

	@Override
	public ExtendedResult extended(ExtendedRequest request) throws LDAPException {
		return call(request.getControls(), (context) -> JndiExtendedOperation
			.result(context.extendedOperation(new JndiExtendedOperation(request))));
	}

	@Override
	public void roundTrip() throws LDAPException {
		call(new Control[0], (context) -> context.getAttributes(new LdapName(""), NO_ATTRIBUTES));
	}

	@Override
	public boolean mayHaveWritten() {
		// JNDI does not tell.
		return true;
	}

	@Override
	public void breakOff() {
		// It is for its context source to find out.
	}

	private <T> T call(Control[] own, NamingCall<LdapContext, T> call) throws LDAPException {
		boolean controlled = false;
		try {
			controlled = sendControls(own);
			return call.run(this.context);
		}
		catch (NamingException ex) {
			throw JndiFailures.of(ex);
		}
		finally {
			takeControlsOff(controlled);
		}
	}

	/**
	 * Has request controls sent with what follows.
	 * @return whether there are any, which are to be taken off the context again: its
	 * next user must not inherit them
	 */
	private boolean sendControls(Control[] own) throws NamingException {
		if (this.controls.length == 0 && own.length == 0) {
			return false;
		}
		this.context.setRequestControls(JndiControls.of(with(own)));
		return true;
	}

	private void takeControlsOff(boolean controlled) throws LDAPException {
		if (controlled) {
			attempt(() -> {
				this.context.setRequestControls(null);
				return Boolean.TRUE;
			});
		}
	}

	<T> T attempt(Attempt<T> attempt) throws LDAPException {
		try {
			return attempt.run();
		}
		catch (NamingException ex) {
			throw JndiFailures.of(ex);
		}
	}

	private static LDAPResult success() {
		return new LDAPResult(-1, ResultCode.SUCCESS);
	}

	private static LDAPResult success(LdapContext context) throws NamingException {
		return new LDAPResult(-1, ResultCode.SUCCESS, null, null, (String[]) null,
				JndiControls.of(context.getResponseControls()));
	}

	interface Call<C, T> {

		T run(C on) throws LDAPException;

	}

	private interface NamingCall<C, T> {

		T run(C on) throws NamingException;

	}

	interface Attempt<T> {

		T run() throws NamingException;

	}

}
